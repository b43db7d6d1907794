/** EC2 on this machine: moto, a Python program, with the repairs of {@code src/testbed/moto}. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.ec2;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
