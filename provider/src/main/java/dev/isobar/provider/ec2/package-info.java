/**
 * Machines of EC2, by the AWS SDK: the only room that knows it. What a request says and what an
 * answer means is decided on values ({@code Run...}, {@code Ec2Reading}, {@code Drift}, {@code
 * Ec2Failures}); the rest asks.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.ec2;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
