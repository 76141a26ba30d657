/**
 * What is forecast from what: columns, what they are turned into, how far back is read and how far
 * ahead is looked, as values and as the metadata of a file. Everything else here depends on it.
 */
package dev.rnn4j.forecast.internal.task;
