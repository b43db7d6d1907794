/** Packages of Crossplane: what is in them, and the images that carry them. */
@NullMarked
@CheckReturnValue
package dev.isobar.packaging.xpkg;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
