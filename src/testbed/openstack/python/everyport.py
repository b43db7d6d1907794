"""A mechanism of Neutron's ML2 that binds every port at once: there are no agents to wait for."""
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api


class EveryPort(api.MechanismDriver):
    def initialize(self):
        pass

    @property
    def connectivity(self):
        return portbindings.CONNECTIVITY_L2

    def bind_port(self, context):
        segment = context.segments_to_bind[0]
        context.set_binding(
            segment[api.ID], portbindings.VIF_TYPE_OVS, {portbindings.CAP_PORT_FILTER: True}, status='ACTIVE')
