"""moto's server, with its EC2 repaired where a provider of machines would otherwise be fooled.

    server.py -H HOST -p PORT        the arguments are those of moto_server

Plain moto 5.2.5 starts a second instance for a client token it has seen, is "running" at once, starts what was terminated,
forgets half of a launch, and answers what it does not know with a page of HTML. Each repair below says what it mends. It
models EC2 from AWS's documentation; nothing here was compared with the real service.

What the cloud shall do is told with POST /isobar/behaviour, a JSON object; GET shows it:
    pending, stopping, shutting   seconds an instance stays in a state on the way
    invisible                     seconds in which a new instance is shown to nobody
    capacity                      {"p5.48xlarge": 0, "p5.48xlarge@us-east-1a": 2}: how many there may be
    vcpus                         limit of virtual CPUs of types that begin with p or g; 0: none
    marked                        ["i-..."]: Spot instances of which EC2 tells that it is about to take them back
    dies                          {"p5.48xlarge": ["Server.InternalError", "words"]}: taken on, then ended before it runs
"""

import hashlib
import json
import re
import threading
import time

import moto.server
from moto.core.responses import ActionResult, BaseResponse
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import elastic_network_interfaces, instances
from moto.ec2.models.instance_types import InstanceTypeBackend
from moto.ec2.responses import EC2Response
from moto.ec2.responses._base_response import EC2BaseResponse
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.responses.spot_instances import SpotInstances
from moto.ec2.utils import filter_dict_attribute_mapping, filter_reservations
from moto.iam.exceptions import NotFoundException
from moto.sts.responses import TokenResponse

BEHAVIOUR = {"pending": 1, "stopping": 1, "shutting": 1, "invisible": 0, "capacity": {}, "vcpus": 0, "marked": [], "dies": {}}
LAUNCH = threading.RLock()  # one launch at a time, so that a token, a capacity and a limit are seen once
LAUNCHING = threading.local()


class Refused(EC2ClientError):
    """A refusal as EC2 words it."""

    def __init__(self, code, message, status=400):
        super().__init__(code, message)
        self.status = status


def kept(backend, name):
    """A table of ours that lives and dies with one account's region."""
    return backend.__dict__.setdefault("isobar", {}).setdefault(name, {})


# --- Repair: states take their time -----------------------------------------------------------------------------------
CODES = {"pending": 0, "running": 16, "shutting-down": 32, "terminated": 48, "stopping": 64, "stopped": 80}
ON_THE_WAY = {"running": ("pending", "pending"), "stopped": ("stopping", "stopping"), "terminated": ("shutting-down", "shutting")}


class TimedState:
    def __init__(self, name="running", code=16):
        self.goal = None
        self.name = name

    @property
    def name(self):
        return self.way if time.monotonic() < self.until else self.goal

    @name.setter
    def name(self, goal):
        if goal != self.goal:
            self.way, seconds = ON_THE_WAY[goal]
            self.goal, self.until = goal, time.monotonic() + BEHAVIOUR[seconds]

    @property
    def code(self):
        return CODES[self.name]

    @code.setter
    def code(self, _):
        """moto sets it beside the name, which decides."""


instances.InstanceState = TimedState
EC2BaseResponse.RESPONSE_KEY_PATH_TO_TRANSFORMER.pop("RunInstances.Reservation.Instances.Instance.State", None)

# --- Repair: what is terminated stays so, and one-time machines cannot be stopped --------------------------------------
Instance = instances.Instance
plain_start, plain_stop, plain_terminate = Instance.start, Instance.stop, Instance.terminate


def start(self):
    if self._state.name not in ("stopped", "pending", "running"):
        raise Refused("IncorrectInstanceState", f"The instance '{self.id}' is not in a state from which it can be started.")
    return plain_start(self)


def stop(self):
    if self._state.name not in ("running", "stopping", "stopped"):
        raise Refused("IncorrectInstanceState", f"This instance '{self.id}' is not in a state from which it can be stopped.")
    if self.lifecycle:
        raise Refused("UnsupportedOperation", f"You can't stop the {self.lifecycle} instance '{self.id}'.")
    return plain_stop(self)


def terminate(self):
    if self._state.goal == "terminated":
        return self._state
    before = plain_terminate(self)
    for nic in self.isobar_nics:  # those that shared a device index are not in moto's table
        if nic.delete_on_termination and nic.id in self.ec2_backend.enis:
            nic.delete()
    return before


Instance.start, Instance.stop, Instance.terminate = start, stop, terminate

# --- Repair: several interfaces with one device index, on several network cards ---------------------------------------
plain_init, plain_attach = Instance.__init__, Instance.attach_eni
plain_attachment = elastic_network_interfaces.Attachment.__init__


def born(self, *arguments, **named):
    self.isobar_nics, self.isobar_born = [], time.monotonic()
    plain_init(self, *arguments, **named)


def attach_eni(self, eni, device_index):
    self.isobar_nics.append(eni)
    return plain_attach(self, eni, device_index)


def attachment(self, eni):
    plain_attachment(self, eni)
    self.network_card_index = getattr(eni, "isobar_card", 0)


Instance.__init__, Instance.attach_eni = born, attach_eni
Instance.network_interfaces = property(lambda self: [nic for nic in self.isobar_nics if nic.instance is self])
elastic_network_interfaces.Attachment.__init__ = attachment

# --- Repair: filters EC2 knows, and new instances that are not shown yet ------------------------------------------------
filter_dict_attribute_mapping["client-token"] = "client_token"
plain_all = instances.InstanceBackend.all_reservations


def all_reservations(self, filters=None):
    shown = plain_all(self)
    if not getattr(LAUNCHING, "now", False):
        latest = time.monotonic() - BEHAVIOUR["invisible"]
        for reservation in shown:
            reservation.instances = [one for one in reservation.instances if one.isobar_born <= latest]
    return filter_reservations(shown, filters) if filters is not None else [one for one in shown if one.instances]


instances.InstanceBackend.all_reservations = all_reservations


# --- Repair: a token makes one machine; a launch keeps all it is given --------------------------------------------------
plain_run = InstanceResponse.run_instances


def fingerprint(response):
    given = {key: value for key, value in response._get_params().items() if key not in ("Action", "Version", "ClientToken")}
    return hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest()


def run_instances(self):
    with LAUNCH:
        tokens, token, asked = kept(self.ec2_backend, "tokens"), self._get_param("ClientToken"), fingerprint(self)
        if token in tokens:
            seen, result = tokens[token]
            if seen != asked:
                raise Refused(
                    "IdempotentParameterMismatch",
                    "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
                )
            return result
        check_room(self)
        reservation = check_reservation(self)
        check_group(self)
        LAUNCHING.now = True
        try:
            result = plain_run(self)
        except NotFoundException:
            name = self._get_param("IamInstanceProfile.Name")
            raise Refused("InvalidParameterValue", f"Value ({name}) for parameter iamInstanceProfile.name is invalid.")
        finally:
            LAUNCHING.now = False
        for machine in result.result.instances:
            remember(self, machine, reservation)
        if token:
            tokens[token] = (asked, result)
        return result


def zone_of(response):
    nics = response._get_param("NetworkInterfaces", [])
    subnet = response._get_param("SubnetId") or next((nic["SubnetId"] for nic in nics if "SubnetId" in nic), None)
    if subnet:
        return response.ec2_backend.get_subnet(subnet).availability_zone
    return response._get_param("Placement.AvailabilityZone") or response.region + "a"


def check_room(response):
    backend, kind, zone = response.ec2_backend, response._get_param("InstanceType", ""), zone_of(response)
    alive = [one for group in backend.reservations.values() for one in group.instances if one._state.goal != "terminated"]
    for key in (kind, f"{kind}@{zone}"):
        there = sum(one.instance_type == kind and ("@" not in key or one.availability_zone == zone) for one in alive)
        if there >= BEHAVIOUR["capacity"].get(key, there + 1):
            raise Refused(
                "InsufficientInstanceCapacity",
                f"We currently do not have sufficient {kind} capacity in the Availability Zone you requested ({zone}).",
                500,
            )
    limit = BEHAVIOUR["vcpus"]
    if limit and kind[0] in "pg":
        size = {one["InstanceType"]: one["VCpuInfo"]["DefaultVCpus"] for one in InstanceTypeBackend.instance_types}
        if sum(size.get(one.instance_type, 0) for one in alive if one.instance_type[0] in "pg") + size.get(kind, 0) > limit:
            raise Refused("VcpuLimitExceeded", f"You have requested more vCPU capacity than your current vCPU limit of {limit} allows.")


def check_group(response):
    name = response._get_param("Placement.GroupName")
    if name and name not in kept(response.ec2_backend, "groups"):
        raise Refused("InvalidPlacementGroup.Unknown", f"The Placement Group '{name}' is unknown.")


def check_reservation(response):
    wanted = response._get_param("CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationId")
    found = kept(response.ec2_backend, "capacity").get(wanted)
    if wanted and not found:
        raise Refused("InvalidCapacityReservationId.NotFound", f"The capacity reservation ID '{wanted}' does not exist")
    if found and found["AvailableInstanceCount"] < 1:
        raise Refused("ReservationCapacityExceeded", "The requested reservation does not have sufficient available capacity.")
    if found and found["InstanceType"] != response._get_param("InstanceType"):
        raise Refused("InvalidParameterValue", "The attributes of the capacity reservation do not match those of the request.")
    return found


def remember(response, machine, reservation):
    given, where = response._get_param, machine._placement
    where.tenancy = given("Placement.Tenancy", "default")
    where.group_name, where.partition_number = given("Placement.GroupName") or "", given("Placement.PartitionNumber")
    market = given("InstanceMarketOptions.MarketType")
    machine.lifecycle = market if market in ("spot", "capacity-block") else None
    machine.disable_api_termination = bool(given("DisableApiTermination"))
    machine.client_token = given("ClientToken") or ""
    machine.hypervisor, machine.ena_support = "nitro", True
    machine.capacity_reservation_specification = given("CapacityReservationSpecification") or {"CapacityReservationPreference": "open"}
    for nic, wanted in zip(machine.isobar_nics, given("NetworkInterfaces", [])):
        nic.interface_type, nic.isobar_card = wanted.get("InterfaceType", "interface"), int(wanted.get("NetworkCardIndex", 0))
    if reservation:
        reservation["AvailableInstanceCount"] -= 1
        machine.capacity_reservation_id = reservation["CapacityReservationId"]
    if machine.instance_type in BEHAVIOUR["dies"]:
        code, words = BEHAVIOUR["dies"][machine.instance_type]
        machine._state.goal = "terminated"
        machine.state_reason = instances.StateReason(f"{code}: {words}", code)


InstanceResponse.run_instances = run_instances


# --- Repair: a Spot instance has a request, which is marked before it is taken back; moto makes none for a launch ------------
def describe_spot_instance_requests(self):
    codes = self._filters_from_querystring().get("status-code", ["marked-for-termination"])
    marked = BEHAVIOUR["marked"] if "marked-for-termination" in codes else []
    return ActionResult(
        {
            "SpotInstanceRequests": [
                {
                    "SpotInstanceRequestId": "sir-" + one[2:10],
                    "InstanceId": one,
                    "State": "active",
                    "Status": {"Code": "marked-for-termination", "Message": "Your Spot instance is marked for termination."},
                }
                for one in marked
            ]
        }
    )


SpotInstances.describe_spot_instance_requests = describe_spot_instance_requests


# --- Repair: detailed monitoring can be switched ------------------------------------------------------------------------
def switch_monitoring(state):
    def action(self):
        machines = self.ec2_backend.get_multi_instances_by_id(self._get_param("InstanceIds", []))
        for machine in machines:
            machine.monitoring_state = state
        return ActionResult({"InstanceMonitorings": [{"InstanceId": one.id, "Monitoring": {"State": state}} for one in machines]})

    return action


InstanceResponse.monitor_instances = switch_monitoring("enabled")
InstanceResponse.unmonitor_instances = switch_monitoring("disabled")

# --- Repair: some metadata options are given, the others stay ----------------------------------------------------------
plain_metadata = InstanceResponse.modify_instance_metadata_options
OPTIONS = {"http_tokens": "HttpTokens", "http_put_response_hop_limit": "HttpPutResponseHopLimit", "http_endpoint": "HttpEndpoint"}


def modify_instance_metadata_options(self):
    before = dict(vars(self.ec2_backend.get_instance(self._get_param("InstanceId")).metadata_options))
    result = plain_metadata(self)
    for attribute, parameter in OPTIONS.items():
        if self._get_param(parameter) is None:
            setattr(result.result["InstanceMetadataOptions"], attribute, before[attribute])
    return result


InstanceResponse.modify_instance_metadata_options = modify_instance_metadata_options

# --- Repair: instance types come in pages -------------------------------------------------------------------------------
plain_types = InstanceResponse.describe_instance_types


def describe_instance_types(self):
    result = plain_types(self)
    if not self._get_param("InstanceTypes"):
        rows = list(result.result["InstanceTypes"])
        first, size = int(self._get_param("NextToken") or 0), int(self._get_param("MaxResults") or 100)
        result.result["InstanceTypes"] = rows[first : first + size]
        result.result["NextToken"] = str(first + size) if first + size < len(rows) else None
    return result


InstanceResponse.describe_instance_types = describe_instance_types

# --- Repair: a role's trust decides who may assume it --------------------------------------------------------------------
plain_assume = TokenResponse.assume_role


def assume_role(self):
    from moto.iam.models import iam_backends

    arn, given = self._get_param("RoleArn"), self._get_param("ExternalId")
    account, name = arn.split(":")[4], arn.rsplit("/", 1)[1]
    roles = iam_backends[account][self.partition].roles.values()
    trust = next((role.assume_role_policy_document for role in roles if role.name == name), None)
    wanted = re.search(r'"sts:ExternalId"\s*:\s*"([^"]*)"', trust or "")
    if trust is None or wanted and wanted.group(1) != given:
        raise Refused("AccessDenied", f"User is not authorized to perform: sts:AssumeRole on resource: {arn}", 403)
    return plain_assume(self)


TokenResponse.assume_role = assume_role


# --- Repair: placement groups and capacity reservations, which moto does not have ------------------------------------------
def create_placement_group(self):
    name, groups = self._get_param("GroupName"), kept(self.ec2_backend, "groups")
    groups[name] = {"GroupName": name, "State": "available", "Strategy": self._get_param("Strategy", "cluster")}
    return ActionResult({"PlacementGroup": groups[name]})


def create_capacity_reservation(self):
    table, count = kept(self.ec2_backend, "capacity"), int(self._get_param("InstanceCount", 1))
    name = "cr-" + hashlib.sha256(str(len(table)).encode()).hexdigest()[:17]
    table[name] = {
        "CapacityReservationId": name,
        "InstanceType": self._get_param("InstanceType"),
        "AvailabilityZone": self._get_param("AvailabilityZone"),
        "TotalInstanceCount": count,
        "AvailableInstanceCount": count,
        "State": "active",
    }
    return ActionResult({"CapacityReservation": table[name]})


EC2Response.create_placement_group = create_placement_group
EC2Response.create_capacity_reservation = create_capacity_reservation

# --- Repair: what EC2 would refuse is refused in its words, not in HTML ---------------------------------------------------
plain_call = BaseResponse.call_action


def call_action(self):
    def refusal(code, message, status):
        _, headers, body = self.serialized(ActionResult(Refused(code, message)))
        return status, {**headers, "status": status}, body

    if not isinstance(self, (EC2BaseResponse, TokenResponse)):
        return plain_call(self)
    try:
        status, headers, body = plain_call(self)
    except NotImplementedError as unknown:
        filter_ = re.search(r"for '([^']+)' yet", str(unknown))
        if filter_:
            return refusal("InvalidParameterValue", f"The filter '{filter_.group(1)}' is invalid", 400)
        return refusal("InvalidAction", f"moto: {unknown}", 400)
    if status == 400 and isinstance(body, str) and "<Code>InsufficientInstanceCapacity</Code>" in body:
        return 500, {**headers, "status": 500}, body
    if status == 400 and isinstance(body, str) and "<Code>AccessDenied</Code>" in body:
        return 403, {**headers, "status": 403}, body
    if status == 403 and isinstance(body, str) and isinstance(self, EC2BaseResponse):
        return status, headers, body.replace("<Code>AccessDenied</Code>", "<Code>UnauthorizedOperation</Code>")
    return status, headers, body


BaseResponse.call_action = call_action


# --- What the cloud shall do ----------------------------------------------------------------------------------------------
class Server(moto.server.DomainDispatcherApplication):
    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO") != "/isobar/behaviour":
            return super().__call__(environ, start_response)
        status = "200 OK"
        if environ["REQUEST_METHOD"] == "POST":
            told = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
            if set(told) <= set(BEHAVIOUR):
                BEHAVIOUR.update(told)
            else:
                status = "400 Bad Request"
        answer = json.dumps(BEHAVIOUR).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer]


if __name__ == "__main__":
    moto.server.DomainDispatcherApplication = Server
    moto.server.main()
