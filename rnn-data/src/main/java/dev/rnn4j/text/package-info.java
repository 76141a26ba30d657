/** Text as numbers: vocabularies of characters or words. */
package dev.rnn4j.text;
