#!/bin/sh
# Prints what one call costs part by part, as ratios to other ways that run on this machine.
# Usage: benchmarks/whole-call.sh [SECONDS per measurement, 10]
# Needs Xvfb, PulseAudio, ffmpeg and GStreamer's tools: ./sipmgw doctor says what is missing.
set -eu
cd "$(dirname "$0")/.."
jar=benchmarks/target/benchmarks.jar
if [ ! -f "$jar" ]; then
  mvn -q -Pquick -pl benchmarks -am package -DskipTests
fi
exec java -Xmx512m -cp "$jar" org.sipmgw.benchmarks.call.WholeCall "$@"
