/** Certificates for processes on the loopback. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.certificate;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
