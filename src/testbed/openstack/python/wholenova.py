"""Nova's API, conductor, scheduler and compute in one process, which needs no message broker.

usage: wholenova.py FOLDER_OF_HYPERVISOR --config-file nova.conf
"""
import sys

folder = sys.argv.pop(1)

import nova.cmd  # noqa: makes the standard library cooperative, so it comes before everything else
import nova.conf
import nova.virt
import os_vif
from nova import config, objects, service
from nova.compute import rpcapi as compute
from nova.conductor import rpcapi as conductor
from nova.scheduler import rpcapi as scheduler
from oslo_log import log
from oslo_service import service as services

nova.virt.__path__.append(folder)
config.parse_args(sys.argv)
log.setup(nova.conf.CONF, 'nova')
objects.register_all()
os_vif.initialize()
objects.Service.enable_min_version_cache()

launcher = services.launch(
    nova.conf.CONF, service.Service.create(binary='nova-conductor', topic=conductor.RPC_TOPIC), workers=None)
launcher.launch_service(service.Service.create(binary='nova-scheduler', topic=scheduler.RPC_TOPIC))
launcher.launch_service(service.Service.create(binary='nova-compute', topic=compute.RPC_TOPIC))
launcher.launch_service(service.WSGIService('osapi_compute'))
launcher.wait()
