"""What is in the cloud before anybody uses it.

  cloud.py schemas STATE                         databases of Neutron, whose migrations cannot do SQLite; others' journals
  cloud.py identity KEYSTONE NOVA PLACEMENT GLANCE NEUTRON        ports: who there is, and the catalogue
  cloud.py things KEYSTONE                       flavors, an image, networks; prints their ids
  cloud.py move STATE KEYSTONE NOVA PLACEMENT GLANCE NEUTRON      a copied state with other ports in another folder
  cloud.py ready KEYSTONE                        waits until a server could start
"""
import pathlib
import sqlite3
import sys
import time

HOST = 'http://127.0.0.1:'
SERVICES = [('compute', '/v2.1'), ('placement', ''), ('image', ''), ('network', '')]


class Admin:
    """Requests of the administrator."""

    def __init__(self, keystone):
        import requests

        self.keystone = HOST + keystone + '/v3'
        self.session = requests.Session()
        domain = {'name': 'Default'}
        user = {'name': 'admin', 'domain': domain, 'password': 'admin'}
        answer = self.session.post(self.keystone + '/auth/tokens', json={'auth': {
            'identity': {'methods': ['password'], 'password': {'user': user}},
            'scope': {'project': {'name': 'admin', 'domain': domain}}}})
        answer.raise_for_status()
        self.session.headers.update({
            'X-Auth-Token': answer.headers['X-Subject-Token'], 'OpenStack-API-Version': 'compute 2.93'})
        self.catalogue = {
            service['type']: service['endpoints'][0]['url']
            for service in answer.json()['token']['catalog'] if service['endpoints']}

    def __call__(self, method, url, body=None, **more):
        answer = self.session.request(method, url, json=body, **more)
        if answer.status_code >= 400:
            raise SystemExit('%s %s: %s %s' % (method, url, answer.status_code, answer.text))
        return answer.json() if answer.text else None

    def make(self, kind, body):
        return self('POST', '%s/%ss' % (self.keystone, kind), {kind: body})[kind]['id']


def schemas(state):
    import sqlalchemy
    from neutron.db.migration.models import head

    head.get_metadata().create_all(sqlalchemy.create_engine('sqlite:///%s/neutron.sqlite' % state))
    for file in pathlib.Path(state).glob('*.sqlite'):
        sqlite3.connect(file).execute('PRAGMA journal_mode=WAL')


def identity(keystone, *ports):
    admin = Admin(keystone)
    roles = {role['name']: role['id'] for role in admin('GET', admin.keystone + '/roles')['roles']}
    if 'service' not in roles:
        roles['service'] = admin.make('role', {'name': 'service'})
    for project, user, names in (('service', 'service', ('admin', 'service')), ('lab', 'lab', ('member',)),
                                 ('chaos', 'chaos', ('member',))):
        project = admin.make('project', {'name': project, 'domain_id': 'default'})
        user = admin.make('user', {
            'name': user, 'password': user, 'domain_id': 'default', 'default_project_id': project})
        for name in names:
            admin('PUT', '%s/projects/%s/users/%s/roles/%s' % (admin.keystone, project, user, roles[name]))
    for (kind, path), port in zip(SERVICES, ports):
        service = admin.make('service', {'type': kind, 'name': kind})
        for interface in ('public', 'internal', 'admin'):
            admin.make('endpoint', {
                'service_id': service, 'interface': interface, 'url': HOST + port + path, 'region_id': 'RegionOne'})


def things(keystone):
    admin = Admin(keystone)
    compute, network, ids = admin.catalogue['compute'], admin.catalogue['network'] + '/v2.0', {}
    lab = admin('GET', admin.keystone + '/projects?name=lab')['projects'][0]['id']
    ids['project'] = lab

    def flavor(name, cpu, memory, disk, **specs):
        made = admin('POST', compute + '/flavors', {'flavor': {
            'name': name, 'vcpus': cpu, 'ram': memory, 'disk': disk}})['flavor']['id']
        if specs:
            admin('POST', '%s/flavors/%s/os-extra_specs' % (compute, made), {'extra_specs': specs})

    flavor('m1.tiny', 1, 512, 1)
    flavor('m1.large', 8, 16384, 40)
    flavor('m1.too-large', 4096, 8 << 20, 100)
    flavor('g1.vgpu', 8, 65536, 100, **{'resources:VGPU': '1'})
    flavor('g1.h100', 16, 131072, 200, **{'pci_passthrough:alias': 'h100-80gb:1'})
    flavor('g8.h100', 32, 262144, 400, **{'pci_passthrough:alias': 'h100-80gb:8'})

    images = admin.catalogue['image'] + '/v2/images'
    image = admin('POST', images, {
        'name': 'tiny', 'disk_format': 'raw', 'container_format': 'bare', 'visibility': 'public', 'min_disk': 1,
        'owner': lab, 'tags': ['kube'], 'os_distro': 'none'})['id']
    admin('PUT', '%s/%s/file' % (images, image), data=b'\0' * 1024, headers={'Content-Type': 'application/octet-stream'})
    ids['image'] = image

    def wire(name, cidr, **more):
        made = admin('POST', network + '/networks', {'network': dict(name=name, **more)})['network']['id']
        subnet = {'name': name, 'network_id': made, 'ip_version': 4, 'cidr': cidr, 'enable_dhcp': False}
        if 'project_id' in more:
            subnet['project_id'] = more['project_id']
        return made, admin('POST', network + '/subnets', {'subnet': subnet})['subnet']['id']

    def way_out(name, project, subnet):
        router = admin('POST', network + '/routers', {'router': {
            'name': name, 'project_id': project,
            'external_gateway_info': {'network_id': ids['outside']}}})['router']['id']
        admin('PUT', '%s/routers/%s/add_router_interface' % (network, router), {'subnet_id': subnet})

    ids['outside'], _ = wire('outside', '203.0.113.0/24', **{
        'router:external': True, 'provider:network_type': 'flat', 'provider:physical_network': 'outside'})
    ids['network'], ids['subnet'] = wire('lab', '10.77.0.0/20', project_id=lab)
    way_out('lab', lab, ids['subnet'])
    chaos = admin('GET', admin.keystone + '/projects?name=chaos')['projects'][0]['id']
    ids['network-of-chaos'], subnet = wire('chaos', '10.78.0.0/20', project_id=chaos)
    way_out('chaos', chaos, subnet)
    admin('POST', network + '/security-groups', {'security_group': {'name': 'ssh', 'project_id': lab}})
    admin('PUT', '%s/os-quota-sets/%s' % (compute, lab), {'quota_set': {
        'cores': 512, 'ram': 4 << 20, 'instances': 60}})
    for name, value in ids.items():
        print(name, value)


def move(state, *ports):
    """Addresses and folders are in the databases; they are replaced by where they are now."""
    def change(database, *statements):
        connection = sqlite3.connect('%s/%s.sqlite' % (state, database))
        for statement, values in statements:
            connection.execute(statement, values)
        connection.commit()
        connection.close()

    address = 'UPDATE endpoint SET url = ? WHERE service_id IN (SELECT id FROM service WHERE type = ?)'
    change('keystone',
           (address, (HOST + ports[0] + '/v3/', 'identity')),
           *((address, (HOST + port + path, kind)) for (kind, path), port in zip(SERVICES, ports[1:])))
    change('nova_api', *(
        ('UPDATE cell_mappings SET database_connection = ? WHERE name = ?',
         ('sqlite:///%s/nova_%s.sqlite' % (state, cell), cell)) for cell in ('cell0', 'cell1')))
    connection = sqlite3.connect('%s/glance.sqlite' % state)
    for (key, value) in connection.execute('SELECT id, value FROM image_locations').fetchall():
        connection.execute('UPDATE image_locations SET value = ? WHERE id = ?',
                           ('file://%s/images/%s' % (state, value.rsplit('/', 1)[1]), key))
    connection.commit()
    connection.close()


def ready(keystone):
    admin, end = Admin(keystone), time.time() + 120
    compute = admin.catalogue['compute']
    while time.time() < end:
        up = {one['binary'] for one in admin('GET', compute + '/os-services')['services'] if one['state'] == 'up'}
        if len(up) == 3 and admin('GET', compute + '/os-hypervisors')['hypervisors']:
            return
        time.sleep(0.2)
    raise SystemExit('of Nova only this is up: %s' % sorted(up))


globals()[sys.argv[1]](*sys.argv[2:])
