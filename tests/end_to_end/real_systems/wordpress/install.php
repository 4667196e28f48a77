<?php
// Makes the tables, the users and their application passwords, and prints those as settings.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1:' . getenv('PORT');
$_SERVER['REQUEST_URI'] = '/help/';
function wp_new_blog_notification() {} // No mail.
require __DIR__ . '/config.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
$plain = getenv('WP_PERMALINKS') === 'plain';
add_filter('pre_http_request', fn() => new WP_Error('closed', 'no requests while installing'));
wp_install('Harbor Help', 'admin', 'admin@example.org', true, '', 'harbor-Admin-77');
update_option('timezone_string', 'America/St_Johns');
update_option('permalink_structure', $plain ? '' : '/%postname%/');
update_option('default_comment_status', 'closed');
flush_rewrite_rules(false);
foreach (['admin' => null, 'editor' => 'editor', 'author' => 'author', 'reader' => 'subscriber'] as $name => $role) {
    $id = $role ? wp_insert_user(['user_login' => $name, 'user_pass' => wp_generate_password(), 'user_email' => "$name@example.org", 'role' => $role])
                : get_user_by('login', $name)->ID;
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'trial']);
    printf("RS_%s=%s\nRS_%s_PASS=%s\n", strtoupper($name), $name, strtoupper($name), $password);
}
