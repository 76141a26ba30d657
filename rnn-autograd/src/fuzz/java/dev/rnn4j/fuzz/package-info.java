/**
 * Random recurrent models, and what their plans must agree with. Drawn from the language that users
 * write, without regard to what the compiler can do.
 */
package dev.rnn4j.fuzz;
