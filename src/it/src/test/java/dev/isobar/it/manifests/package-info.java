/** The plain manifests beside the packages, and what the page on installing says of them. */
@CheckReturnValue
@NullMarked
package dev.isobar.it.manifests;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
