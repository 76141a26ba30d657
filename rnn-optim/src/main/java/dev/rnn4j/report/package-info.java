/**
 * Training for a person to watch: a progress bar, and the history as a table and as a plot. The
 * plot needs the library {@code org.knowm.xchart:xchart} and the progress bar {@code
 * me.tongfei:progressbar}; add them to your dependencies, for rnn-optim brings neither to those who
 * do not look.
 */
package dev.rnn4j.report;
