/** Schedules: how the learning rate changes from update to update. */
package dev.rnn4j.schedule;
