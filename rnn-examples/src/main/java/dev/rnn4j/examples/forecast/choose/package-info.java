/**
 * All that is chosen, and from what: columns, season, window, transforms, ridge, hidden units and
 * epochs, by rolling origins in the rows that are known.
 */
package dev.rnn4j.examples.forecast.choose;
