/** The library as its users see it: everything here is written with the public API alone. */
package dev.rnn4j.usage;
