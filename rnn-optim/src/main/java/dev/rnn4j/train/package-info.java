/**
 * Training: forward, backward and update as one plan, and the loop around it; models on disk, and
 * asked for predictions.
 */
package dev.rnn4j.train;
