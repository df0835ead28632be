/** Whole processes that write to kernel devices, against ffmpeg. */
package org.sipmgw.benchmarks.devices;
