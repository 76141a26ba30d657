/** What the tests of this module share: random values, and the comparison of executors. */
package dev.rnn4j.testing;
