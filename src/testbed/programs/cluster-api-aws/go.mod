module isobar.dev/testbed/cluster-api-aws

go 1.25.0

require sigs.k8s.io/cluster-api-provider-aws/v2 v2.11.0
