/** provider-isobar's EC2 against moto: the contract of every cloud, and what EC2 alone has. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.ec2;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
