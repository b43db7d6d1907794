/**
 * What the provider asks of a cloud, and everything a cloud may answer: the port that OpenStack and
 * EC2 implement, and nothing of either.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.external;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
