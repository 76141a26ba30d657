/**
 * A trained model as a user has it: saved, loaded, and asked for what follows the last row of a
 * table.
 */
package dev.rnn4j.examples.forecast.model;
