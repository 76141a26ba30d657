package dev.rnn4j.forecast.internal.task;

/**
 * A column that is forecast.
 *
 * @param column its name
 * @param transform what it is turned into
 */
public record Target(String column, Transform transform) {}
