/** What this Java can do for the networks. */
package dev.rnn4j.examples.doctor;
