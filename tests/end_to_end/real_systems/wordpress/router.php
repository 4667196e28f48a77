<?php
// What a web server's rewriting does: everything below the site's sub-directory goes to WordPress. Without rewriting
// (plain permalinks), only the directory itself does.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$rewrites = getenv('WP_PERMALINKS') !== 'plain';
if (!preg_match($rewrites ? '#^/help(/|$)#' : '#^/help/(index\.php)?$#', $path)) {
    http_response_code(404);
    echo '<html><body>Not Found</body></html>';
    return;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/help/index.php';
$_SERVER['SCRIPT_FILENAME'] = '/usr/share/wordpress/index.php';
unset($_SERVER['PATH_INFO']);
require __DIR__ . '/config.php';
wp();
status_header(404);
