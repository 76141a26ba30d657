/** A run as one page of HTML with everything in it, for a phone, a desk, or paper. */
package dev.rnn4j.examples.forecast.page;
