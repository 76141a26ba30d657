/** A language model of characters or words, of a text of your own. */
package dev.rnn4j.examples.languagemodel;
