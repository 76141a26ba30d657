package dev.rnn4j.examples.forecast;

/**
 * A column that is forecast.
 *
 * @param column its name
 * @param transform what it is turned into
 */
record Target(String column, Transform transform) {}
