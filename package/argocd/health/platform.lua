-- Health of a PlatformCluster or GpuWorkspace, claim or composite. Argo CD lends Lua's base and table libraries only.

-- Reasons of which the documentation says that one may wait; all others want somebody to act.
local waits = {
  Deploying = true,
  Paused = true,
  Provisioning = true,
  WaitingForControlPlane = true,
  WaitingForGpuOperator = true,
  WaitingForInfrastructure = true,
  WaitingForSveltos = true,
}
-- Core's own, what Accepted says better, and what is no fault when it is False.
local apart = {Accepted = true, Ready = true, Responsive = true, Synced = true, Upgrading = true}

local status = obj.status or {}
local found = {}
for _, condition in ipairs(status.conditions or {}) do
  found[condition.type] = condition
end
local accepted = found.Accepted or {}
local ready = found.Ready or {}
local synced = found.Synced or {}

if synced.reason == "ReconcilePaused" then
  return {status = "Suspended", message = synced.message or "Annotation crossplane.io/paused is set."}
end
if synced.observedGeneration ~= nil and synced.observedGeneration < obj.metadata.generation then
  return {status = "Progressing", message = "Crossplane has not looked at the last change yet."}
end
if accepted.status == "False" then
  return {status = "Degraded", message = accepted.message}
end
if synced.status == "False" then
  return {status = "Degraded", message = synced.message}
end
if status.stage == "Paused" then
  return {status = "Suspended", message = status.message}
end
if status.stage == "Degraded" then
  return {status = "Degraded", message = status.message}
end
if status.stage ~= "Deleting" then
  for _, condition in ipairs(status.conditions or {}) do
    if condition.status == "False" and not apart[condition.type] and not waits[condition.reason] then
      return {status = "Degraded", message = condition.message}
    end
  end
end
if status.stage == "Ready" and ready.status == "True" then
  return {status = "Healthy", message = status.message or "It is ready."}
end
return {status = "Progressing", message = status.message or ready.message or "Nobody has looked at it yet."}
