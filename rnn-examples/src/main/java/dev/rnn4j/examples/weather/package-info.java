/** Document 002, second half: tomorrow's maximum temperature from windows of a week. */
package dev.rnn4j.examples.weather;
