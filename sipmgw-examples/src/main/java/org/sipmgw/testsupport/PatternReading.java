package org.sipmgw.testsupport;

/**
 * A {@link Pattern} found in a picture.
 *
 * @param sender who sent it
 * @param frame its frame number
 * @param x left edge of the pattern in the picture
 * @param width of the pattern in the picture, pixels
 */
public record PatternReading(int sender, long frame, int x, int width) {}
