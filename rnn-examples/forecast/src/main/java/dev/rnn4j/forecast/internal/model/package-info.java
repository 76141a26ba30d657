/**
 * A trained model as a whole: saved, loaded, and asked for what follows the last row of a table.
 */
package dev.rnn4j.forecast.internal.model;
