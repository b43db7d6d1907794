-- Health of an Instance, GpuMachine or ClusterCleanup. Argo CD lends Lua's base and table libraries only.

-- Reasons of which the documentation says that one may wait; all others want somebody to act.
local waits = {
  Busy = true,
  CannotTaintNode = true,
  CleaningUp = true,
  ControlPlaneLives = true,
  Creating = true,
  Deleting = true,
  InsufficientCapacity = true,
  Starting = true,
  Throttled = true,
  WaitingForBootstrapData = true,
  WaitingForClusterInfrastructure = true,
  WaitingForDriver = true,
  WaitingForGpuOperator = true,
  WaitingForInstance = true,
  WaitingForMachine = true,
  WaitingForMig = true,
  WaitingForNode = true,
}

local status = obj.status or {}
local found = {}
for _, condition in ipairs(status.conditions or {}) do
  found[condition.type] = condition
end
local paused = found.Paused or {}
local ready = found.Ready or {}
local synced = found.Synced or {}

if synced.reason == "ReconcilePaused" then
  return {status = "Suspended", message = synced.message or "Annotation crossplane.io/paused is set."}
end
if paused.status == "True" then
  return {status = "Suspended", message = paused.message}
end
if status.observedGeneration ~= nil and status.observedGeneration < obj.metadata.generation then
  return {status = "Progressing", message = "The provider has not looked at the last change yet."}
end
for _, condition in ipairs({synced, ready}) do
  if condition.status == "False" and not waits[condition.reason] then
    return {status = "Degraded", message = condition.message}
  end
end
if ready.status == "True" and synced.status ~= "False" then
  return {status = "Healthy", message = ready.message}
end
local message = ready.message
if synced.status == "False" then
  message = synced.message
end
return {status = "Progressing", message = message or "The provider has not looked at it yet."}
