package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;
import java.util.List;
import java.util.Optional;

/** A JupyterHub. */
@Doc("A JupyterHub: where it is, who may log in, and what servers they may choose from.")
@Rule(
    cel = "!(has(self.ingress) && has(self.gateway))",
    says = "ingress and gateway are two ways in; keep one of them")
public record JupyterHub(
    @Doc("Host name users open; it must lead to the cluster's way in for HTTP.")
        @Matches(
            value = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)+",
            says = "a host name in lower case, such as hub.example.org")
        @Length(min = 3, max = 253)
        String host,
    @Doc("How users prove who they are.") HubLogin auth,
    @Doc("Which of them may come in: nobody, unless they are named here.") @Default("{}")
        HubUsers users,
    @Doc("What servers users may choose from; the first is chosen unless another says default.")
        @Key("name")
        @Items(min = 1, max = 32)
        List<ServerProfile> profiles,
    @Doc("Where files of users are.") @Default("{}") HubStorage storage,
    @Doc("When servers are stopped.") @Default("{}") IdleServers idle,
    @Doc("The Ingress of the hub; of the cluster's add-on when neither this nor gateway is given.")
        Optional<HubIngress> ingress,
    @Doc("A Gateway of the cluster to come in through, in place of an Ingress.")
        Optional<HubGateway> gateway,
    @Doc("What servers may reach.") @Default("{}") ServerNetwork networkPolicy) {}
