/** Makes the packages that {@code crossplane xpkg install} installs. */
@NullMarked
@CheckReturnValue
package dev.isobar.packaging;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
