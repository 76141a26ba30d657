/** What a cell promises, and a check of it that needs no test framework. */
package dev.rnn4j.contract;
