/** The order of three symbols, far apart in a sequence of others. */
package dev.rnn4j.examples.temporalorder;
