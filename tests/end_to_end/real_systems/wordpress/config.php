<?php
// The configuration of the site: everything it writes is below WORKDIR, and nothing in /etc is asked.
$work = getenv('WORKDIR');
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', "localhost:$work/db.sock");
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', "$name key of a trial");
    define($name . '_SALT', "$name salt of a trial");
}
define('WP_HOME', 'http://127.0.0.1:' . getenv('PORT') . '/help');
define('WP_SITEURL', WP_HOME);
define('WP_CONTENT_DIR', "$work/content");
define('WP_ENVIRONMENT_TYPE', 'local'); // Application passwords without HTTPS.
define('DISABLE_WP_CRON', true);        // The trial says when a scheduled post comes out.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
define('ABSPATH', '/usr/share/wordpress/');
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
