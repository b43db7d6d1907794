/** Processes of ours on this machine: started, waited for, and ended by their numbers. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.process;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
