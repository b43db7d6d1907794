"""Nova's own fake hypervisor, with eight GPUs (PCI 10de:2330) and eight virtual ones.

A server's metadata can ask it to misbehave:
  testbed-seconds=N     starting takes that long
  testbed-fails=build   the build fails for good
  testbed-fails=host    the host fails, and Nova looks for another one
"""
import time

from nova import exception
from nova.scheduler.client import report
from nova.virt import fake
from oslo_serialization import jsonutils

GPUS = 8

# Asked for at every build, one request for each server of the host, and dropped: nothing reshapes here.
report.SchedulerReportClient.get_allocations_for_provider_tree = lambda *a, **k: {}


class GpuHypervisor(fake.FakeDriver):
    vcpus, memory_mb, local_gb = 512, 4096 * 1024, 16384

    def spawn(self, context, instance, *arguments, **named):
        metadata = instance.metadata or {}
        time.sleep(float(metadata.get('testbed-seconds', 0)))
        fails = metadata.get('testbed-fails')
        if fails == 'build':
            raise exception.BuildAbortException(instance_uuid=instance.uuid, reason='the test bed was asked to fail')
        if fails == 'host':
            raise exception.ComputeResourcesUnavailable(reason='the test bed was asked to fail')
        return super().spawn(context, instance, *arguments, **named)

    def plug_vifs(self, instance, network_info):
        # Called for every known server when Nova starts; the fake hypervisor itself forgets them.
        if instance.uuid not in self.instances:
            self.instances[instance.uuid] = fake.FakeInstance(instance.name, instance.power_state, instance.uuid)

    def get_available_resource(self, nodename):
        available = super().get_available_resource(nodename)
        available['pci_passthrough_devices'] = jsonutils.dumps([
            dict(address='0000:%02x:00.0' % (16 + i), product_id='2330', vendor_id='10de', status='available',
                 dev_type='type-PCI', parent_addr=None, numa_node=None, label='label_10de_2330')
            for i in range(GPUS)])
        return available

    def update_provider_tree(self, provider_tree, nodename, allocations=None):
        super().update_provider_tree(provider_tree, nodename, allocations)
        inventory = dict(provider_tree.data(nodename).inventory)
        inventory['VGPU'] = dict(
            total=GPUS, reserved=0, min_unit=1, max_unit=GPUS, step_size=1, allocation_ratio=1.0)
        provider_tree.update_inventory(nodename, inventory)
