/** JMH benchmarks. */
@NullMarked
package org.sipmgw.benchmarks;

import org.jspecify.annotations.NullMarked;
