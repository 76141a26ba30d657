/** All cells of the library by name, and whether they keep their contract. */
package dev.rnn4j.examples.cells;
