/** What all scenarios share: their common options, reports, and mistakes said in one sentence. */
package dev.rnn4j.examples.cli;
