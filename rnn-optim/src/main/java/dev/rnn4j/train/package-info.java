/** Training: forward, backward and update as one plan, and the loop around it. */
package dev.rnn4j.train;
