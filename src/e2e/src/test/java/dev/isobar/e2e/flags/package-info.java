/** What is known of kube-apiserver's flags, beside the real program. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.flags;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
