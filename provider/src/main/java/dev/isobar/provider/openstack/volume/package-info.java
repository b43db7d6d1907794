/** Cinder, as far as discovery looks at it; volumes of machines are Nova's business. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.openstack.volume;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
