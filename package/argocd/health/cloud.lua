-- Health of a Cloud. One that nobody asks, because it names no ProviderConfig, has nothing to wait for.
local waits = {Busy = true, Starting = true, Throttled = true}

local ready = {}
for _, condition in ipairs((obj.status or {}).conditions or {}) do
  if condition.type == "Ready" then
    ready = condition
  end
end

if ready.status == "True" or ready.reason == "NoProviderConfig" then
  return {status = "Healthy", message = ready.message}
end
if (obj.spec or {}).providerConfigRef == nil then
  return {status = "Healthy", message = "It names no ProviderConfig, so nobody asks the cloud."}
end
if ready.status == "False" and not waits[ready.reason] then
  return {status = "Degraded", message = ready.message}
end
return {status = "Progressing", message = ready.message or "The provider has not looked at it yet."}
