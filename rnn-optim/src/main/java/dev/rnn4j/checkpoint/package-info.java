/** Checkpoints of trainings: whole files in a folder, from which a killed training goes on. */
package dev.rnn4j.checkpoint;
