/** Cells: functions of one time step, each as short as its equation. */
package dev.rnn4j.cell;
