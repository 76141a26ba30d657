/** What a run says in text, CSV, JSON and pictures. */
package dev.rnn4j.examples.forecast.report;
