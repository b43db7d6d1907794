/**
 * What the annotations on a record add up to: the one reading of them, which the generator of CRDs
 * and XRDs and the decoder both follow, so that the API server and the function cannot disagree.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.apis.grammar;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
