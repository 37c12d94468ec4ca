#!/bin/bash
# The broker, with nothing but the scripts of its public image. KRaft takes the first name and its password only when the
# disk is formatted, which happens once; `schakel topics` makes all other names afterwards.
set -euo pipefail
properties=/etc/schakel/kafka/server.properties
if [ ! -f /var/lib/kafka/data/meta.properties ]; then
  /opt/kafka/bin/kafka-storage.sh format --cluster-id "$CLUSTER_ID" --config "$properties" \
    --add-scram "SCRAM-SHA-512=[name=schakel-admin,password=$(cat /secrets/kafka/admin_password)]"
fi
exec /opt/kafka/bin/kafka-server-start.sh "$properties" "$@"
