/** Whether NVIDIA's own code takes the configurations of GPUs that the function writes. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.nvidia;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
