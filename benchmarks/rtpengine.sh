#!/bin/sh
# Prints the processor time of the gateway's media engine beside rtpengine's, both as whole processes, on the same packets.
# Usage: benchmarks/rtpengine.sh [SECONDS per measurement, 12] [PACKETS a second, 4000]
# Needs Debian's package rtpengine-daemon; its kernel module is not used.
set -eu
cd "$(dirname "$0")/.."
command -v rtpengine >/dev/null || { echo "rtpengine is missing: apt-get install rtpengine-daemon" >&2; exit 1; }
jar=benchmarks/target/benchmarks.jar
if [ ! -f "$jar" ]; then
  mvn -q -Pquick -pl benchmarks -am package -DskipTests
fi
exec java -Xmx512m -cp "$jar" org.sipmgw.benchmarks.relay.RelayComparison "$@"
