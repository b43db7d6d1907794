/**
 * What is planned for GPUs, as a picture: nodes, their GPUs, the slices of these, who uses them and
 * what is left over; read from what a function answered, and drawn with the signs of a terminal.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.cli.picture;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
